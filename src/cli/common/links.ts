const RFC = /\bRFC (\d{1,5})\b/gu;
const ESC = '\u001b';
const END = `${ESC}\\`;
/** Terminals that are known to take OSC 8, by the variable that tells them. */
const PROGRAMS = /^(?:iTerm\.app|WezTerm|ghostty|vscode|Hyper)$/u;
const TERMS = /^(?:xterm-kitty|xterm-ghostty|foot|alacritty|contour)/u;
/** Of VTE, which took it in 0.50. */
const FIRST_VTE = 5000;

type Environment = Readonly<Record<string, string | undefined>>;

/** The RFCs that a text names as links to them (OSC 8), where the terminal takes those; what is seen stays as it is. */
export function withLinks(text: string, isTTY: boolean, env: Environment): string {
  if (!isTTY || !takesLinks(env)) return text;
  return text.replace(
    RFC,
    (name, number) => `${ESC}]8;;https://www.rfc-editor.org/rfc/rfc${number}${END}${name}${ESC}]8;;${END}`,
  );
}

function takesLinks(env: Environment): boolean {
  if (env['TMUX'] || env['STY'] || env['TERM'] === 'dumb') return false;
  if (PROGRAMS.test(env['TERM_PROGRAM'] ?? '') || TERMS.test(env['TERM'] ?? '')) return true;
  return Number(env['VTE_VERSION'] ?? 0) >= FIRST_VTE || Boolean(env['WT_SESSION'] || env['KONSOLE_VERSION']);
}
