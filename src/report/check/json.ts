import type { Report } from '../../domain/report.ts';

/**
 * What JSON leaves as it is and a terminal might obey: DEL, the C1 controls (0x9b is a CSI) and the marks that turn
 * the direction of text or break its line. All of them can only stand inside of strings.
 */
const TERMINAL_CONTROLS = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

/**
 * The report as one JSON document of two-space indent, newline at its end (contract, section 3). The keys of the
 * report stand in the order of the contract, whoever built it; characters that could control a terminal are escaped.
 */
export function toJson(report: Report): string {
  const json = JSON.stringify(inOrder(report), null, 2);
  return `${json.replace(TERMINAL_CONTROLS, (character) => `\\u${hex(character)}`)}\n`;
}

function inOrder(report: Report): Report {
  const { schema, version, startedAt, durationMs, flow, from, target, verdict, diagnosis, findings } = report;
  const { ruledOut, notChecked, steps, evidence, comparison } = report;
  const { resolve, route, ping, connect, trace, portTrace, hopEchoes, mtu, sockets, tls, http } = evidence;
  return {
    schema,
    version,
    startedAt,
    durationMs,
    flow,
    from,
    target,
    verdict,
    diagnosis,
    findings,
    ruledOut,
    notChecked,
    steps,
    evidence: {
      ...(resolve && { resolve }),
      ...(route && { route }),
      ...(ping && { ping }),
      ...(connect && { connect }),
      ...(trace && { trace }),
      ...(portTrace && { portTrace }),
      ...(hopEchoes && { hopEchoes }),
      ...(mtu && { mtu }),
      ...(sockets && { sockets }),
      ...(tls && { tls }),
      ...(http && { http }),
    },
    ...(comparison && { comparison }),
  };
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0');
}
