import type { RefusedInput } from '../../session/view/session-event.ts';

export type GivingWords = {
  readonly title: Readonly<Record<RefusedInput['input'], string>>;
  readonly hint: Readonly<Record<RefusedInput['input'], string>>;
  readonly taken: (lines: number, size: string) => string;
  readonly cut: string;
  /** Before the commands that will be run on a vantage. */
  readonly runs: string;
  readonly refused: Readonly<Record<RefusedInput['input'], Readonly<Record<RefusedInput['why'], string>>>>;
};

const PASTE_COMMANDS = 'ss -ltunp · netstat -tulnp · netstat -an (macOS, BSD) · netstat -ano (Windows) · lsof -i -n -P';

export const GIVING_EN: GivingWords = {
  title: { vantage: 'Where is it?', sockets: 'Paste what the command prints there' },
  hint: {
    vantage: 'ssh://[user@]host[:port], docker://container or kubectl://[namespace/]pod[/container]',
    sockets: PASTE_COMMANDS,
  },
  taken: (lines, size) =>
    `${lines} ${lines === 1 ? 'line' : 'lines'}, ${size}. Enter on an empty line, or Ctrl-D, ends it.`,
  cut: 'Too long: the end was cut.',
  runs: 'This is run, and only reads:',
  refused: {
    vantage: { unreadable: 'Not a location. Try ssh://user@host', unseen: 'The sockets could not be read there.' },
    sockets: {
      unreadable: 'This is no output of ss, netstat or lsof.',
      unseen: 'This does not show whether something listens on the port.',
    },
  },
};

export const GIVING_KO: GivingWords = {
  title: { vantage: '어디에 있습니까?', sockets: '그곳에서 실행한 명령의 출력을 붙여넣으십시오' },
  hint: {
    vantage: 'ssh://[사용자@]호스트[:포트], docker://컨테이너 또는 kubectl://[네임스페이스/]파드[/컨테이너]',
    sockets: PASTE_COMMANDS,
  },
  taken: (lines, size) => `${lines}줄, ${size}. 빈 줄에서 Enter 또는 Ctrl-D로 끝냅니다.`,
  cut: '받을 수 있는 길이를 넘어 끝부분을 뺐습니다.',
  runs: '읽기만 하는 다음 명령을 실행합니다:',
  refused: {
    vantage: { unreadable: '볼 곳의 이름이 아닙니다.', unseen: '그곳의 소켓을 읽지 못했습니다.' },
    sockets: {
      unreadable: 'ss, netstat, lsof의 출력이 아닙니다.',
      unseen: '그 포트에 대기하는 것이 있는지 이 출력으로는 알 수 없습니다.',
    },
  },
};
