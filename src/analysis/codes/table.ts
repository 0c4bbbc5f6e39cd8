import type { FindingCode } from '../../domain/finding-code.ts';
import { ATTEMPT_CODES } from './attempts.ts';
import { HEALTHY_CODES } from './healthy.ts';
import { HOST_CODES } from './host.ts';
import { KERNEL_CODES } from './kernel.ts';
import { NAME_CODES } from './name.ts';
import { PATH_CODES } from './path.ts';
import { PORT_CODES } from './port.ts';
import { PROXY_CODES } from './proxy.ts';
import type { CodeRules } from './rules.ts';
import { SERVICE_CODES } from './service.ts';
import { THIS_MACHINE_CODES } from './this-machine.ts';
import { TOOL_CODES } from './tool.ts';

/** All that is known of every code but its words; a file for each stage of the contract. */
export const CODE_RULES: Readonly<Record<FindingCode, CodeRules>> = {
  ...HEALTHY_CODES,
  ...THIS_MACHINE_CODES,
  ...PROXY_CODES,
  ...NAME_CODES,
  ...HOST_CODES,
  ...PATH_CODES,
  ...KERNEL_CODES,
  ...PORT_CODES,
  ...ATTEMPT_CODES,
  ...SERVICE_CODES,
  ...TOOL_CODES,
};
