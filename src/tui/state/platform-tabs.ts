import type { NextStep } from '../../domain/report.ts';
import type { Report } from '../../evidence/report/report.ts';

const ANY = 'any';

/** The platforms that the remedies are for, in the order of the report: those of this machine first. */
export function platformsOf({ diagnosis }: Report): readonly string[] {
  return [...new Set(diagnosis.nextSteps.map(({ platform }) => platform))].filter((platform) => platform !== ANY);
}

/** The steps of one platform, and those that are for all, in their order. */
export function stepsFor({ diagnosis }: Report, platform: string | undefined): readonly NextStep[] {
  return diagnosis.nextSteps.filter((step) => step.platform === ANY || step.platform === platform);
}
