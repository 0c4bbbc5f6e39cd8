import { type CodeRules, NOT_JUDGED, NOWHERE } from './rules.ts';

export const TOOL_CODES = {
  'not-permitted': { place: NOWHERE, owner: () => 'this-machine', judge: NOT_JUDGED, lookalikes: [] },
  deadline: { place: NOWHERE, owner: () => 'unknown', judge: NOT_JUDGED, lookalikes: [] },
} as const satisfies Record<string, CodeRules>;
