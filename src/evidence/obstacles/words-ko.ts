import type { ObstacleWords } from './words.ts';

const RAW_LOST = '없으면 raw 엔진(에코, 경로 추적, SYN 탐침, 연결에 돌아오는 ICMP 오류)을 쓸 수 없습니다';
const KERNEL_LOST = '없으면 일반 사용자가 kernel 엔진(에코, 경로 추적, 연결에 돌아오는 ICMP 오류)을 쓸 수 없습니다';
const AS_ROOT =
  'netwhy를 root로 실행하거나, 다음 명령으로 권한을 준 node 사본으로 실행하십시오: sudo setcap cap_net_raw+ep COPY';

const lostWith = (tool: string) => (tool === 'raw' || tool === 'raw-socket' ? RAW_LOST : KERNEL_LOST);

export const OBSTACLE_WORDS_KO: ObstacleWords = {
  'engine-left-out': () => '에코를 시도하지 않았습니다. --engine sockets에서는 제외됩니다.',
  'engine-only-linux': ({ tool }) => `${tool} 엔진은 아직 Linux에서만 동작합니다. ${lostWith(tool)}.`,
  'package-not-installed': ({ tool }) =>
    tool === 'raw-socket'
      ? `선택 패키지 raw-socket이 설치되어 있지 않습니다(${RAW_LOST}). C++ 컴파일러, make, python3을 설치한 뒤 npm install -g netwhy를 다시 실행하십시오(npm 12부터는 --allow-scripts=raw-socket 추가).`
      : `선택 패키지 ${tool} 미설치(${lostWith(tool)}). --omit=optional 없이 npm install -g netwhy를 다시 실행하십시오.`,
  'addon-not-built': ({ tool }) =>
    `${tool} 패키지의 애드온이 빌드되지 않았습니다(${lostWith(tool)}). C++ 컴파일러, make, python3을 설치한 뒤 npm rebuild ${tool}, npm 12부터는 npm install -g --allow-scripts=${tool} netwhy를 실행하십시오.`,
  'addon-of-other-node': ({ tool, said }) =>
    `${tool} 패키지의 애드온이 현재 Node.js ${said}용으로 빌드되지 않았습니다(${lostWith(tool)}). netwhy를 실행하는 node로 npm rebuild ${tool}을(를) 실행하십시오.`,
  'package-broken': ({ tool, said }) => `${tool} 패키지를 불러올 수 없습니다: ${said} (${lostWith(tool)}).`,
  'no-raw-socket': () => `이 사용자는 raw 소켓을 열 권한이 없습니다(${RAW_LOST}). ${AS_ROOT}.`,
  'raw-socket-refused': ({ said }) => `이 장비에서 raw 소켓을 열 수 없습니다(${said}). ${RAW_LOST}.`,
  'kernel-engine-refused': ({ said }) => `이 장비에서 kernel 엔진이 동작하지 않습니다: ${said}.`,
  'ping-group': ({ count, setting, has }) =>
    `이 사용자의 그룹(${count})은 에코를 보낼 수 없습니다${has('setting') ? `(net.ipv4.ping_group_range = "${setting}")` : ''}. sudo sysctl -w net.ipv4.ping_group_range="${count} ${count}"로 허용하거나, ${AS_ROOT}.`,
  'icmp-socket-refused': ({ said }) => `이 장비에서 ICMP 소켓을 열 수 없습니다(${said}).`,

  'router-limit-shared': () =>
    '경로를 추적하지 않았습니다. 같은 실행의 다른 대상이 그 경로의 라우터에 보낼 수 있는 프로브 한도를 모두 사용했습니다.',
  'no-tool-for-echo': () => '에코를 보내려면 전송 권한이 있는 ping이나 mtr-packet이 필요합니다.',
  'no-tool-for-limited-echo': () => 'TTL을 지정한 에코에는 mtr-packet, iputils의 ping 또는 tracert가 필요합니다.',
  'no-tool-for-sized-echo': () => '단편화를 금지한 에코에는 iputils, macOS, FreeBSD 또는 Windows의 ping이 필요합니다.',
  'no-tool-for-udp': () => 'TTL을 지정한 UDP에는 traceroute, mtr-packet 또는 tracepath가 필요합니다.',
  'no-tool-for-syn': () => 'TTL을 지정한 TCP SYN에는 mtr-packet 또는 root 권한의 traceroute가 필요합니다.',

  'tool-missing': ({ tool }) => `${tool} 명령이 설치되어 있지 않거나 PATH에 없습니다.`,
  'tool-not-started': ({ tool, said }) => `${tool} 명령을 시작할 수 없습니다(${said}).`,
  'tool-hangs': ({ tool }) => `${tool} 명령이 제한 시간 안에 끝나지 않았습니다.`,
  'tool-endless': ({ tool }) => `${tool} 명령의 출력이 끝나지 않았습니다.`,
  'tool-silent': ({ tool }) => `${tool} 명령이 아무것도 출력하지 않습니다.`,
  'tool-ended': ({ tool }) => `${tool} 프로세스가 스스로 종료했습니다.`,
  'tool-not-awaited': ({ tool }) => `${tool} 명령의 결과를 기다리지 않았습니다.`,
  'tool-unknown': ({ tool }) => `이 시스템의 ${tool} 명령은 netwhy가 아는 구현이 아닙니다.`,
  'tool-may-not-send': ({ tool }) =>
    tool === 'ping'
      ? 'ping에 전송 권한이 없습니다. root 권한이나 실행 파일의 CAP_NET_RAW가 필요합니다.'
      : `${tool} 명령에 전송 권한이 없습니다. root 권한이 필요합니다.`,
  'tool-wants-capability': ({ tool }) => `${tool} 실행 파일에 CAP_NET_RAW가 필요합니다.`,
  'tool-cannot-send': ({ tool }) => `${tool} 명령으로는 이런 탐침을 보낼 수 없습니다.`,
  'tool-unreadable': ({ tool }) => `${tool} 명령의 출력을 응답으로 해석할 수 없습니다.`,
  'tool-wants-stdbuf': ({ tool }) =>
    `쓸 수 있는 stdbuf가 없어 ${tool} 명령의 출력을 끝난 뒤에야 읽을 수 있습니다. coreutils를 설치하십시오.`,
  'ping-shows-no-errors': () => 'BusyBox의 ping은 ICMP 오류를 표시하지 않고 단편화도 금지하지 못합니다.',
  'ping-may-fragment': () => 'GNU inetutils의 ping은 단편화를 금지하지 못합니다.',
  'traceroute-syn-as-root': () => 'traceroute는 root 권한으로만 TCP를 보냅니다.',

  'host-key-changed': ({ place }) =>
    `ssh가 ${place} 접속을 거부합니다. 호스트 키가 known_hosts와 다릅니다. 서버를 다시 설치했거나 다른 장비가 대신 응답하고 있을 수 있으니, 신뢰하기 전에 키를 대조하십시오.`,
  'host-key-unknown': ({ place }) =>
    `ssh가 ${place}의 호스트 키를 알지 못합니다. 한 번 직접 접속(ssh ${place})해 키를 대조하고 등록하십시오.`,
  'key-refused': ({ place }) =>
    `${place}에서 키 인증을 거부했습니다. ssh ${place} 접속이 암호 없이 되어야 합니다(ssh-add 또는 ssh_config의 IdentityFile).`,
  'ssh-name-unknown': ({ place }) =>
    `ssh가 ${place} 이름을 해석하지 못합니다. ssh_config나 DNS에 있는 이름을 쓰십시오.`,
  'ssh-refused': ({ place }) =>
    `${place}에서 연결을 거부했습니다. ssh 서버가 대기하지 않거나 다른 포트에서 대기합니다.`,
  'ssh-timed-out': ({ place }) =>
    `${place} ssh 연결이 시간 초과되었습니다. 장비가 꺼져 있거나 방화벽이 패킷을 버립니다.`,
  'ssh-no-route': ({ place }) => `ssh로 ${place}에 갈 수 없습니다. 장비가 꺼져 있거나 경로가 없습니다.`,
  'ssh-closed': ({ place }) => `${place}에서 ssh 연결을 끊었습니다. 그쪽 sshd 로그를 확인하십시오.`,
  'ssh-no-algorithm': ({ place }) => `ssh와 ${place} 사이에 공통 알고리즘이 없습니다. 한쪽이 너무 오래되었습니다.`,
  'ssh-config-bad': () => 'ssh가 ssh_config를 받아들이지 않습니다. ssh -G HOST로 무엇이 잘못되었는지 확인하십시오.',
  'container-unknown': ({ place }) => `docker에 ${place} 컨테이너가 없습니다. docker ps로 목록을 확인하십시오.`,
  'container-stopped': ({ place }) => `${place} 컨테이너가 실행 중이 아닙니다. docker ps -a로 상태를 확인하십시오.`,
  'docker-not-permitted': () => '이 장비에서 docker를 쓸 권한이 없습니다. docker 그룹이나 root만 쓸 수 있습니다.',
  'docker-silent': () => 'docker 데몬이 응답하지 않습니다. docker info로 확인하십시오.',
  'pod-unknown': ({ place }) =>
    `클러스터에 ${place} 파드가 없습니다. kubectl get pods로 목록을 확인하십시오. 네임스페이스가 다를 수 있습니다.`,
  'pod-without-container': ({ place }) =>
    `${place} 파드에 그런 컨테이너가 없습니다. kubectl describe pod로 확인하십시오.`,
  'pod-not-running': ({ place }) => `${place} 파드가 실행 중이 아닙니다. kubectl get pod로 상태를 확인하십시오.`,
  'pod-exec-forbidden': () => '클러스터에서 이 파드의 명령 실행(pods/exec)이 허용되지 않습니다. 역할을 요청하십시오.',
  'kubectl-logged-out': () => 'kubectl이 클러스터에 로그인되어 있지 않습니다. kubectl auth whoami로 확인하십시오.',
  'cluster-silent': () =>
    '클러스터가 응답하지 않습니다. kubectl cluster-info로 확인하십시오. 컨텍스트가 다를 수 있습니다.',
  'run-over': ({ vantage, has }) =>
    has('place') ? `${vantage}의 응답 전에 실행이 끝났습니다.` : '소켓 목록을 읽기 전에 실행이 끝났습니다.',
  'vantage-too-much': ({ vantage }) => `${vantage}에서 소켓 목록이라기에는 너무 많은 출력이 나왔습니다.`,
  'vantage-slow': ({ vantage }) => `${vantage}에서 실행한 명령이 제한 시간 안에 끝나지 않았습니다.`,
  'vantage-silent': ({ vantage }) => `${vantage}에서 제한 시간 안에 응답이 없었습니다.`,
  'vantage-without-shell': ({ place }) =>
    `${place}에 쓸 수 있는 POSIX 셸(sh)이 없습니다. 다른 방법으로 그곳에서 ss -ltnup을 실행하십시오.`,
  'vantage-ended': ({ tool, place, count, said, has }) =>
    `${place}에 대한 ${tool} 명령이 ${has('count') ? `종료 코드 ${count}(으)로` : '시그널로'} 끝났습니다${has('said') ? `: ${said}` : ''}.`,
  'vantage-without-getent': ({ vantage }) =>
    `${vantage}에 getent가 없어 이름을 조회할 수 없습니다. 주소를 지정하십시오.`,
  'vantage-without-connector': ({ vantage }) =>
    `${vantage}에 python3, bash, nc가 모두 없어 그곳에서는 연결을 시도할 수 없습니다.`,
  'service-only-from-here': ({ vantage }) =>
    `TLS와 HTTP는 이 장비에서만 시도할 수 있습니다. ${vantage}에서 보려면 그곳에서 netwhy를 실행하십시오.`,

  'vantage-script-not-run': ({ vantage }) => `${vantage}의 셸이 요청한 명령을 실행하지 않았습니다.`,
  'vantage-without-sockets': ({ vantage }) => `${vantage}에 ss, /proc/net, netstat이 모두 없습니다.`,
  'socket-table-unreadable': ({ said }) => `커널의 소켓 목록을 읽을 수 없습니다: ${said}.`,
  'socket-table-empty': ({ tool }) => `${tool} 명령이 소켓을 하나도 출력하지 않았습니다.`,
  'paste-without-listeners': ({ command }) =>
    `붙여 넣은 내용에 연결만 있고 리스너가 없습니다. ${command} 명령이 모두 보여 줍니다.`,
  'paste-without-protocol': ({ protocol, command }) =>
    `붙여 넣은 내용에 ${protocol} 리스너가 없습니다. ${command} 명령이 모두 보여 줍니다.`,
  'paste-filtered': ({ protocol, port, command }) =>
    `붙여 넣은 내용이 걸러진 것이고 그 안에 ${protocol} 포트 ${port}이(가) 없습니다. ${command} 명령이 모두 보여 줍니다.`,
  'paste-line-unread': ({ protocol, port, said, command }) =>
    `${protocol} 포트 ${port}에 관한 것일 수 있는 줄을 읽지 못했습니다: ${said}. ${command} 명령이 모두 보여 줍니다.`,
  'paste-cut-before': ({ command }) =>
    `붙여 넣은 내용이 너무 길어 앞부분만 읽었고 그 안에 포트가 없습니다. ${command} 명령이 모두 보여 줍니다.`,

  'watch-not-run': () => '관찰할 장비의 셸이 요청한 명령을 실행하지 않았습니다.',
  'watch-over-too-soon': () => '프로브를 다 보내기 전에 장비 관찰이 끝났습니다.',
  'watch-too-slow': () => '이 장비의 관찰이 제한 시간 안에 끝나지 않았습니다.',
  'watch-only-linux': () => '커널의 패킷 처리는 Linux에서만 관찰할 수 있습니다.',

  'socket-details-unknown': () =>
    'netlink와 ss를 모두 쓸 수 없어 accept 대기열의 한도, v6 전용 소켓, 바인드된 인터페이스를 알 수 없습니다.',
  'socket-columns-unknown': () => '이 시스템에서는 accept 대기열과 v6 전용 여부를 읽을 수 없습니다.',
  'owners-of-other-users': ({ count }) => `소켓 ${count}개의 프로세스는 다른 사용자의 것이라 root만 볼 수 있습니다.`,
  'owners-in-other-namespace': ({ count }) =>
    `소켓 ${count}개의 프로세스는 다른 PID 네임스페이스에 있어 여기서 보이지 않습니다.`,
  'owners-hidden-there': ({ count }) =>
    `소켓 ${count}개의 프로세스는 그곳의 사용자에게 보이지 않습니다. root는 다른 사용자의 것도 볼 수 있습니다.`,
  'paste-read-as': ({ command }) => `${command} 출력으로 읽었습니다.`,
  'paste-lines-unread': ({ count, said }) => `이해하지 못한 줄이 ${count}개 있습니다. 첫 줄: ${said}.`,
  'paste-cut': () => '끝부분은 읽지 않았습니다.',
};
