/** Of a name in Linux, in bytes (IFNAMSIZ, with the final zero). */
const LONGEST_BYTES = 15;

/**
 * Whether Linux would let an interface have this name (dev_valid_name of the kernel: 1 to 15 bytes, not `.` or `..`, no
 * slash, colon or white space), and no terminal would do anything with it. Whatever else a tool or another machine calls
 * an interface is none.
 */
export function isInterfaceName(name: string): boolean {
  if (name === '.' || name === '..' || !/^[^\s/:\p{C}]+$/u.test(name)) return false;
  return new TextEncoder().encode(name).length <= LONGEST_BYTES;
}
