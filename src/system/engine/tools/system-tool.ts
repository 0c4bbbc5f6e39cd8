import type { IpAddress } from '../../../domain/address.ts';
import type { Unavailable } from '../../../domain/evidence.ts';
import type { Obstacle, ObstacleCode } from '../../../domain/obstacle.ts';
import type { Answer, Probe, SendOptions } from '../../../domain/prober.ts';

/** What is wrong with a tool, apart from its name. */
export type ToolTrouble =
  | { readonly code: 'tool-not-started'; readonly said: string }
  | {
      readonly code: Extract<
        ObstacleCode,
        | 'tool-missing'
        | 'tool-hangs'
        | 'tool-endless'
        | 'tool-silent'
        | 'tool-ended'
        | 'tool-cannot-send'
        | 'tool-may-not-send'
        | 'tool-unreadable'
      >;
    };

/**
 * What a tool made of one probe. `unclear`: somebody answered with an error that the tool does not name; another tool may
 * know. `failed`: nothing that can be believed; another tool is to be asked.
 */
export type ToolAnswer =
  | Answer
  | { readonly kind: 'unclear'; readonly from: IpAddress | null }
  | { readonly kind: 'failed'; readonly why: ToolTrouble };

/** A tool of the system that sends probes. */
export type SystemTool = {
  readonly name: 'ping' | 'traceroute' | 'mtr-packet' | 'tracepath' | 'tracert';
  /** Whether one process of it carries many probes. */
  readonly carriesMany: boolean;
  /** Whether it has a way to send such a probe, and may. */
  canSend(probe: Probe): boolean;
  /** Never rejects; an aborted probe settles as silent. */
  send(probe: Probe, signal: AbortSignal, onTurn?: SendOptions['onTurn']): Promise<ToolAnswer>;
  close(): void;
};

/** A tool that was found to work, or why it is of no use; `missing` says what it cannot do though it works. */
export type ToolOpening =
  | { readonly kind: 'open'; readonly tool: SystemTool; readonly missing: readonly Obstacle[] }
  | { readonly kind: 'unavailable'; readonly unavailable: Unavailable };

/** How long a tool may take to say who it is, and to answer for an echo to this machine itself. */
export const INTRODUCTION_MS = 2500;
/** More than any tool prints of one probe. */
export const MOST_OUTPUT_BYTES = 64 * 1024;
/** Where a tool is tried out: it answers everywhere, and nothing leaves the machine. */
export const LOOPBACK = '127.0.0.1';
