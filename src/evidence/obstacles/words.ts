import type { Obstacle, ObstacleCode } from '../../domain/obstacle.ts';

/** What a sentence may name. What is not known stands as `?`. */
type ObstacleDetails = {
  readonly tool: string;
  /** The machine, container or pod by its bare name: `user@host`, `web-1`. */
  readonly place: string;
  /** The same as it was typed: `ssh://user@host`. */
  readonly vantage: string;
  readonly said: string;
  readonly command: string;
  readonly setting: string;
  readonly count: number;
  readonly port: number;
  readonly protocol: string;
  /** Whether the obstacle names it at all. */
  readonly has: (detail: keyof Obstacle) => boolean;
};

/** A sentence for each, with its full stop: what is in the way, and what would remove it. */
export type ObstacleWords = Readonly<Record<ObstacleCode, (details: ObstacleDetails) => string>>;
