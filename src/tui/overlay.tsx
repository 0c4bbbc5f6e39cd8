import type { ReactNode } from 'react';
import type { AppState } from './app-state.ts';
import { HINT_KEYS } from './keys.ts';
import { evidenceLines, type Line } from './lines.ts';
import { printable } from './printable.ts';
import { ScrollView } from './scroll-view.tsx';
import { useTheme } from './theme.tsx';
import type { HintName, Words } from './words.ts';

/** Help, the reason of the question, or the evidence, in place of the screen; any other key closes it. */
export function Overlay({ state, height }: { readonly state: AppState; readonly height: number }): ReactNode {
  const { words } = useTheme();
  return <ScrollView lines={linesOf(state, words)} height={height} scroll={state.scroll} />;
}

function linesOf(state: AppState, words: Words): readonly Line[] {
  const { view } = state;
  switch (state.overlay) {
    case 'why': {
      const heading: Line = { kind: 'heading', text: words.why };
      const why = view.current?.why;
      return why === undefined
        ? [heading, { kind: 'dim', text: '-' }]
        : [heading, { kind: 'text', text: printable(why) }];
    }
    case 'evidence':
      return view.report === null
        ? [
            { kind: 'heading', text: words.evidence },
            { kind: 'dim', text: words.running },
          ]
        : evidenceLines(view.report);
    default:
      return [
        { kind: 'heading', text: words.keys },
        ...(Object.keys(HINT_KEYS) as HintName[]).map(
          (name): Line => ({ kind: 'text', text: `${HINT_KEYS[name].padEnd(14)}${words.hints[name]}` }),
        ),
      ];
  }
}
