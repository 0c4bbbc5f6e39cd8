/** What /proc/self/status says of the rights of this process (proc_pid_status(5)). Null: the line is not there. */
export type ProcessStatus = {
  /** The effective capabilities, one bit each (capabilities(7)). */
  readonly capabilities: bigint | null;
  /** Those that a program may gain by being started, from a file that has them. */
  readonly bounding: bigint | null;
  readonly noNewPrivileges: boolean | null;
  readonly groups: readonly number[];
};

const CAP_NET_RAW = 13n;
const CAP_SYS_PTRACE = 19n;

/** Reads the file; a text that is none leaves everything unknown. */
export function parseProcessStatus(text: string): ProcessStatus {
  const lines = new Map(
    text.split('\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, Math.max(0, colon)), line.slice(colon + 1).trim()];
    }),
  );
  const noNewPrivileges = lines.get('NoNewPrivs');
  const groups = `${lines.get('Gid') ?? ''} ${lines.get('Groups') ?? ''}`
    .split(/\s+/u)
    .filter((id) => /^\d+$/u.test(id));
  return {
    capabilities: maskOf(lines.get('CapEff')),
    bounding: maskOf(lines.get('CapBnd')),
    noNewPrivileges: noNewPrivileges === undefined ? null : noNewPrivileges === '1',
    groups: groups.map(Number),
  };
}

function maskOf(hex: string | undefined): bigint | null {
  return hex !== undefined && /^[0-9a-f]{1,16}$/u.test(hex) ? BigInt(`0x${hex}`) : null;
}

export function mayNetRaw(mask: bigint | null): boolean | null {
  return has(mask, CAP_NET_RAW);
}

export function mayPtrace(mask: bigint | null): boolean | null {
  return has(mask, CAP_SYS_PTRACE);
}

function has(mask: bigint | null, bit: bigint): boolean | null {
  return mask === null ? null : (mask & (1n << bit)) !== 0n;
}
