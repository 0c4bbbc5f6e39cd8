/**
 * What a text field can give away, and so what stands for it in a redacted report. `none`: nothing, whatever it holds (a
 * word of a closed list, a number, a time). Everything else is replaced:
 * - `address`: an IP address, by one of the ranges for documentation; its zone as an interface
 * - `host`: a name of a machine or a service, or an address
 * - `vantage`: `ssh://user@host:22`, `docker://container`, …: its users and hosts
 * - `interface`, `process`, `file`, `owner` (a distinguished name of a certificate), `flow` (a name or a path)
 * - `text`: the words of somebody else, as a whole
 * - `path`: of a URL, which becomes `/`; `url`: of which the origin is left, without a user
 * - `target`: what the user typed
 * - `sentence`: netwhy's own words or a command, in which any of the others may be mentioned and is replaced
 */
export type Secret =
  | 'none'
  | 'address'
  | 'host'
  | 'vantage'
  | 'interface'
  | 'process'
  | 'file'
  | 'owner'
  | 'flow'
  | 'text'
  | 'path'
  | 'url'
  | 'target'
  | 'sentence';

/** What is known of a field beside its shape. */
export type FieldNote = {
  /** One or two sentences, with units. */
  readonly description: string;
  readonly secret: Secret;
  /** A text of this form gives nothing away all the same: an errno name in a field that may hold any words. */
  readonly harmless?: RegExp;
};
