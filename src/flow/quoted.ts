const LONGEST_SHOWN = 60;

/** A name out of a file as a message shows it: in quotes, and not at any length. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > LONGEST_SHOWN ? `${name.slice(0, LONGEST_SHOWN)}…` : name);
}
