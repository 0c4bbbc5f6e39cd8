/** A mistake that the user can fix: what is wrong, and what would be right. Ends with exit code 64 and no stack. */
export class UserError extends Error {
  readonly hint: string | null;
  constructor(message: string, hint: string | null = null) {
    super(message);
    this.name = 'UserError';
    this.hint = hint;
  }
}
