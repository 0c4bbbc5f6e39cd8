import type { PlannedQuestion } from '../../session/view/session-event.ts';
import type { SessionView } from '../../session/view/view.ts';

/** Enough to see where it goes; a plan has no end in sight. */
const MOST_AHEAD = 6;

/** Questions that were not asked: those that come next if all is well, and those that another answer has led past. */
export function unaskedOf(view: SessionView): {
  readonly pending: readonly PlannedQuestion[];
  readonly skipped: readonly PlannedQuestion[];
} {
  const { plan, steps, current, report } = view;
  const byId = new Map(plan.map((question) => [question.id, question]));
  const asked = new Set([...steps.map(({ id }) => id), ...(current === null ? [] : [current.id])]);
  const lineFrom = (id: string | null): readonly PlannedQuestion[] => {
    const line: PlannedQuestion[] = [];
    for (let next = id; next !== null && line.length < MOST_AHEAD; ) {
      const question = byId.get(next);
      if (question === undefined) break;
      line.push(question);
      next = question.next;
    }
    return line;
  };
  const standing = current?.id ?? steps[steps.length - 1]?.id ?? null;
  const after = standing === null ? (plan[0]?.id ?? null) : (byId.get(standing)?.next ?? null);
  // The same thing may be asked in other words elsewhere: what was measured is not skipped.
  const isMeasured = ({ probe }: PlannedQuestion) => [...asked].some((id) => byId.get(id)?.probe === probe);
  const pending = report === null ? lineFrom(after).filter(({ id }) => !asked.has(id)) : [];
  const skipped = lineFrom(plan[0]?.id ?? null).filter(
    (question) =>
      !asked.has(question.id) && !isMeasured(question) && pending.every(({ probe }) => probe !== question.probe),
  );
  return { pending, skipped: standing === null ? [] : skipped };
}
