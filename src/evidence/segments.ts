import type { Fields } from './fields.ts';

/** Of a service that fell silent: see SegmentTrial. */
export const segments = (f: Fields) =>
  f.object(
    {
      segmentBytes: f.count('The largest segment of either side on the connections counted under `small`, in bytes.'),
      small: f.object(
        { tried: f.count('Connections of small segments.'), answered: f.count('Those that were answered.') },
        'Connections on which no segment is large.',
      ),
      usual: f.object(
        {
          tried: f.count('Connections as of any program, the first among them.'),
          answered: f.count('Those that were answered.'),
        },
        'Connections as any program makes them.',
      ),
    },
    'The same question over further connections, after a first one had fallen silent; absent where nothing stalled, or this machine cannot limit its segments.',
  );
