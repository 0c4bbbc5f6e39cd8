/** A time of which one glance is taken: a tenth of a millisecond is enough. */
export function ms(time: number): string {
  return `${time < 100 ? time.toFixed(1) : Math.round(time)} ms`;
}
