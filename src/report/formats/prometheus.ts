import type { Verdict } from '../../domain/verdict.ts';
import type { Report } from '../../evidence/report/report.ts';
import { printable } from '../../text/printable.ts';
import { measuredOf } from './measured.ts';

type Labels = Readonly<Record<string, string>>;

type Sample = { readonly labels: Labels; readonly value: number };

/** `samples` of one report, with the labels beyond those that name it. */
type Metric = { readonly name: string; readonly help: string; readonly samples: (report: Report) => readonly Sample[] };

const VERDICTS: readonly Verdict[] = ['healthy', 'degraded', 'fault', 'inconclusive'];

/** Of a label's value, in characters: a name in DNS is shorter. */
const LONGEST_VALUE = 300;

const one = (value: number | null, scale = 1): readonly Sample[] =>
  value === null ? [] : [{ labels: {}, value: value * scale }];

/**
 * What a report says, as gauges. Labels have as many values as there are targets, vantages, codes, verdicts and places;
 * nothing that differs from run to run (a time, a sentence) is one. What was not measured has no sample.
 */
const METRICS: readonly Metric[] = [
  {
    name: 'netwhy_verdict',
    help: 'Whether the verdict of the last run is this one (1) or not (0).',
    samples: (report) =>
      VERDICTS.map((verdict) => ({ labels: { verdict }, value: report.verdict === verdict ? 1 : 0 })),
  },
  {
    name: 'netwhy_diagnosis_info',
    help: 'What the last run found, how sure that is, who has to act and where; always 1.',
    samples: ({ diagnosis: { code, confidence, owner, where } }) => [
      {
        labels: { code, confidence, owner, hop: String(where?.hop ?? ''), address: where?.address ?? '' },
        value: 1,
      },
    ],
  },
  {
    name: 'netwhy_last_run_timestamp_seconds',
    help: 'When the last run began, in seconds since the epoch.',
    samples: ({ startedAt }) => one(Number.isNaN(Date.parse(startedAt)) ? null : Date.parse(startedAt), 0.001),
  },
  {
    name: 'netwhy_run_duration_seconds',
    help: 'How long the last run took.',
    samples: (report) => one(report.durationMs, 0.001),
  },
  {
    name: 'netwhy_echo_rtt_seconds',
    help: 'Round trip times of the echoes of the last run.',
    samples: (report) => {
      const { rttMs } = measuredOf(report);
      if (rttMs === null) return [];
      return (['min', 'median', 'max'] as const).map((stat) => ({ labels: { stat }, value: rttMs[stat] / 1000 }));
    },
  },
  {
    name: 'netwhy_echo_loss_ratio',
    help: 'Share of the echoes of the last run that was not answered, from 0 to 1.',
    samples: (report) => one(measuredOf(report).lossPercent, 0.01),
  },
  {
    name: 'netwhy_connect_seconds',
    help: 'Until the asked port answered in the last run, whatever it said.',
    samples: (report) => one(measuredOf(report).connectMs, 0.001),
  },
  {
    name: 'netwhy_lookup_seconds',
    help: 'How long the name look-up of the last run took.',
    samples: (report) => one(measuredOf(report).lookupMs, 0.001),
  },
];

/**
 * The text format of Prometheus ("Exposition formats", version 0.0.4) for the textfile collector of node_exporter, which
 * takes no timestamps. A target that was named twice stands once: two samples of one series spoil the whole file.
 */
export function toPrometheus(reports: readonly Report[]): string {
  const single = new Map(reports.map((report) => [`${report.target.input}\n${report.from}\n${report.flow}`, report]));
  return METRICS.flatMap(({ name, help, samples }) => {
    const lines = [...single.values()].flatMap((report) =>
      samples(report).map(({ labels, value }) => `${name}${shown({ ...named(report), ...labels })} ${rounded(value)}`),
    );
    // Long names are cut: two may have become one.
    const once = [...new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), line])).values()];
    return once.length === 0 ? [] : [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...once];
  })
    .map((line) => `${line}\n`)
    .join('');
}

function named({ target, from, flow }: Report): Labels {
  return { target: target.input, from, flow };
}

function shown(labels: Labels): string {
  return `{${Object.entries(labels)
    .map(([label, value]) => `${label}="${escaped(value)}"`)
    .join(',')}}`;
}

function escaped(value: string): string {
  const plain = [...printable(value)].slice(0, LONGEST_VALUE).join('');
  return plain.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}

/** Microseconds are what the engines measure; a sum of binary fractions has more digits than that. */
function rounded(value: number): string {
  return String(Math.round(value * 1e6) / 1e6);
}
