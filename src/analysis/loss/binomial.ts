/** The chance of exactly `hits` out of `trials`, each with the chance `share` (strictly between 0 and 1). */
export function binomial(hits: number, trials: number, share: number): number {
  const logWays = logFactorial(trials) - logFactorial(hits) - logFactorial(trials - hits);
  return Math.exp(logWays + hits * Math.log(share) + (trials - hits) * Math.log1p(-share));
}

/** The chance of at most `hits` out of `trials`. */
export function binomialUpTo(hits: number, trials: number, share: number): number {
  let sum = 0;
  for (let each = 0; each <= hits; each += 1) sum += binomial(each, trials, share);
  return Math.min(1, sum);
}

const logFactorials: number[] = [0];

function logFactorial(n: number): number {
  for (let next = logFactorials.length; next <= n; next += 1) {
    logFactorials.push((logFactorials[next - 1] ?? 0) + Math.log(next));
  }
  return logFactorials[n] ?? 0;
}
