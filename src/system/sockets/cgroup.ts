/** Where a process runs, by the names of its control groups; null where they name none. */
export type CgroupPlace = { readonly unit: string | null; readonly container: string | null };

const SHORT_ID = 12;
/** How runtimes name the group of a container: `docker-<id>.scope`, `cri-containerd-<id>.scope`, `libpod-<id>.scope`. */
const SCOPE = /^(?:cri-)?(docker|containerd|crio|libpod|podman)-([0-9a-f]{64})(?:\.scope)?$/;
/** Without systemd: `/docker/<id>`, `/kubepods/…/<id>`, `/libpod_parent/libpod-<id>`. */
const BARE_ID = /^[0-9a-f]{64}$/;
const LXC = /^lxc(?:\.payload)?[./](.+)$/;
const NSPAWN = /^machine-(.+)\.scope$/;
const UNIT = /^[^/]+\.(?:service|scope|socket)$/;

/**
 * Reads /proc/PID/cgroup (cgroups(7)): lines of `number:controllers:path`. The deepest group that says something counts,
 * and of several hierarchies the first that does.
 */
export function placeInCgroups(text: string): CgroupPlace {
  const paths = text.split('\n').flatMap((line) => /^\d+:[^:]*:(\/.*)$/.exec(line)?.[1] ?? []);
  const places = paths.map(placeOf);
  return {
    unit: places.find(({ unit }) => unit !== null)?.unit ?? null,
    container: places.find(({ container }) => container !== null)?.container ?? null,
  };
}

function placeOf(path: string): CgroupPlace {
  const parts = path.split('/').filter((part) => part !== '');
  const container = [...parts.keys()].reverse().map((index) => containerOf(parts, index));
  const unit = parts.findLast((part) => UNIT.test(part)) ?? null;
  return { unit: unit === null ? null : unescaped(unit), container: container.find((each) => each !== null) ?? null };
}

function containerOf(parts: readonly string[], index: number): string | null {
  const part = parts[index] ?? '';
  const [, runtime, id = ''] = SCOPE.exec(part) ?? [];
  if (runtime !== undefined) return `${runtime === 'libpod' ? 'podman' : runtime} ${id.slice(0, SHORT_ID)}`;
  if (BARE_ID.test(part)) return `${runtimeAbove(parts.slice(0, index))} ${part.slice(0, SHORT_ID)}`;
  const lxc = LXC.exec(part)?.[1] ?? (parts[index - 1] === 'lxc' ? part : undefined);
  if (lxc !== undefined) return `lxc ${lxc}`;
  const machine = NSPAWN.exec(part)?.[1];
  return machine === undefined ? null : `nspawn ${unescaped(machine)}`;
}

function runtimeAbove(parts: readonly string[]): string {
  if (parts.some((part) => part.startsWith('kubepods'))) return 'kubernetes';
  return parts.includes('docker') ? 'docker' : 'container';
}

/** systemd writes what a name may not hold as `\x2d` (systemd.unit(5)). */
function unescaped(name: string): string {
  return name.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
