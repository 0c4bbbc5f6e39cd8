import type { Grant } from '../../domain/doctor.ts';
import type { Distribution, MachineFacts, ToolName } from '../../domain/machine-facts.ts';

const INSTALL: Readonly<Record<Distribution, string>> = {
  debian: 'apt-get install -y',
  rpm: 'dnf install -y',
  alpine: 'apk add',
  suse: 'zypper install -y',
  arch: 'pacman -S',
};

type Packages = Readonly<Record<Distribution, string>>;

const everywhere = (name: string): Packages => ({ debian: name, rpm: name, alpine: name, suse: name, arch: name });

/** Which package brings a tool. */
const PACKAGES: Readonly<Partial<Record<ToolName, Packages>>> = {
  ping: { ...everywhere('iputils'), debian: 'iputils-ping' },
  traceroute: everywhere('traceroute'),
  tracepath: { ...everywhere('iputils'), debian: 'iputils-tracepath' },
  'mtr-packet': { ...everywhere('mtr'), debian: 'mtr-tiny' },
  ip: { ...everywhere('iproute2'), rpm: 'iproute' },
  ss: { ...everywhere('iproute2'), rpm: 'iproute' },
  ssh: { debian: 'openssh-client', rpm: 'openssh-clients', alpine: 'openssh-client', suse: 'openssh', arch: 'openssh' },
  'c++': { debian: 'g++', rpm: 'gcc-c++', alpine: 'g++', suse: 'gcc-c++', arch: 'gcc' },
  make: everywhere('make'),
  python3: { ...everywhere('python3'), arch: 'python' },
};

/** Where the distribution is not known, one line for each of the usual kinds. */
const USUAL: readonly Distribution[] = ['debian', 'rpm', 'alpine'];

/** The packages that bring these tools, as the machine's distribution installs them. */
export function installGrants(
  facts: MachineFacts,
  tools: readonly ToolName[],
  purpose: Grant['purpose'],
): readonly Grant[] {
  if (facts.platform !== 'linux' || tools.length === 0) return [];
  return (facts.distribution === null ? USUAL : [facts.distribution]).flatMap((distribution) => {
    const names = [...new Set(tools.flatMap((tool) => PACKAGES[tool]?.[distribution] ?? []))];
    if (names.length === 0) return [];
    return [{ purpose, command: sudo(facts, `${INSTALL[distribution]} ${names.join(' ')}`), undo: null }];
  });
}

/** The right to open raw sockets: for one run, for a copy of node, or for the container. */
export function rawGrants(facts: MachineFacts): readonly Grant[] {
  const contained: readonly Grant[] =
    facts.container === null
      ? []
      : [{ purpose: 'container-capability', command: CONTAINER_RAW[facts.container], undo: null }];
  if (facts.mayGainNetRaw === false) return contained;
  return [
    { purpose: 'run-as-root', command: 'sudo netwhy check TARGET', undo: null },
    {
      purpose: 'capability-on-copy',
      command: [
        'install -m 0700 "$(command -v node)" ~/node-raw',
        'sudo setcap cap_net_raw+ep ~/node-raw',
        '~/node-raw "$(command -v netwhy)" check TARGET',
      ].join('\n'),
      undo: 'rm ~/node-raw',
    },
    ...contained,
  ];
}

const CONTAINER_RAW: Readonly<Record<NonNullable<MachineFacts['container']>, string>> = {
  docker: 'docker run --cap-add NET_RAW …',
  podman: 'podman run --cap-add NET_RAW …',
  kubernetes: 'securityContext: { capabilities: { add: [NET_RAW] } }',
  lxc: 'lxc.cap.keep = net_raw',
};

const OPEN_RANGE = 'net.ipv4.ping_group_range="0 2147483647"';

/** Datagram ICMP sockets for every user (icmp(7)); the setting governs IPv6 as well. */
export function pingGroupGrants(facts: MachineFacts): readonly Grant[] {
  if (facts.container !== null && facts.container !== 'lxc') {
    const command =
      facts.container === 'kubernetes'
        ? 'securityContext: { sysctls: [{ name: net.ipv4.ping_group_range, value: "0 2147483647" }] }'
        : `${facts.container} run --sysctl ${OPEN_RANGE} …`;
    return [{ purpose: 'open-ping-group-container', command, undo: null }];
  }
  // A user namespace takes no group that it does not map (EINVAL): its own first one is always there.
  const range = facts.isUserNamespace ? 'net.ipv4.ping_group_range="0 0"' : OPEN_RANGE;
  const before = facts.pingGroups === null ? '1 0' : `${facts.pingGroups.first} ${facts.pingGroups.last}`;
  return [
    {
      purpose: 'open-ping-group',
      command: sudo(facts, `sysctl -w ${range}`),
      undo: sudo(facts, `sysctl -w net.ipv4.ping_group_range="${before}"`),
    },
    {
      purpose: 'keep-ping-group',
      command: `echo '${OPEN_RANGE.replaceAll('"', '')}' |\n  ${sudo(facts, 'tee /etc/sysctl.d/60-ping-group.conf')}`,
      undo: sudo(facts, 'rm /etc/sysctl.d/60-ping-group.conf'),
    },
  ];
}

/** Who is root needs no sudo, and a container may have none. */
export function sudo({ isRoot }: MachineFacts, command: string): string {
  return isRoot ? command : `sudo ${command}`;
}
