import { copiedCommand, shellLine } from './command-line.ts';
import type { FarVantage } from './vantage.ts';

/** What a person would type to run a command there, as one line for their own shell. */
export function typedCommand(vantage: FarVantage, words: readonly string[]): string {
  switch (vantage.kind) {
    case 'ssh': {
      const { user, host, port } = vantage;
      const port_ = port === null ? [] : ['-p', String(port)];
      return copiedCommand(['ssh', ...port_, user === null ? host : `${user}@${host}`, shellLine(words)]);
    }
    case 'docker':
      return copiedCommand(['docker', 'exec', vantage.container, ...words]);
    case 'kubectl':
      return copiedCommand(['kubectl', 'exec', ...podWords(vantage), '--', ...words]);
  }
}

/** How kubectl is told of a container, behind its verb. */
export function podWords({ namespace, pod, container }: Extract<FarVantage, { kind: 'kubectl' }>): readonly string[] {
  return [
    ...(namespace === null ? [] : [`--namespace=${namespace}`]),
    ...(container === null ? [] : [`--container=${container}`]),
    pod,
  ];
}
