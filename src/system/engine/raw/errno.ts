/** raw-socket tells errors only by the text of strerror(3); glibc and musl agree on these but where two are given. */
const ERRNO_OF_TEXT: Readonly<Record<string, string>> = {
  'Operation not permitted': 'EPERM',
  'Permission denied': 'EACCES',
  'Network is unreachable': 'ENETUNREACH',
  'Network unreachable': 'ENETUNREACH',
  'No route to host': 'EHOSTUNREACH',
  'Host is unreachable': 'EHOSTUNREACH',
  'Network is down': 'ENETDOWN',
  'Host is down': 'EHOSTDOWN',
  'Message too long': 'EMSGSIZE',
  'Message too large': 'EMSGSIZE',
  'Invalid argument': 'EINVAL',
  'No buffer space available': 'ENOBUFS',
  'Cannot allocate memory': 'ENOMEM',
  'Out of memory': 'ENOMEM',
  'Resource temporarily unavailable': 'EAGAIN',
  'Cannot assign requested address': 'EADDRNOTAVAIL',
  'Address not available': 'EADDRNOTAVAIL',
  'Address family not supported by protocol': 'EAFNOSUPPORT',
  'Protocol not supported': 'EPROTONOSUPPORT',
  'Connection refused': 'ECONNREFUSED',
  'Too many open files': 'EMFILE',
  'No file descriptors available': 'EMFILE',
  'Too many open files in system': 'ENFILE',
  'No such device': 'ENODEV',
  'No such device or address': 'ENXIO',
};

const ERRNO_OF_LOWER_CASE: ReadonlyMap<string, string> = new Map(
  Object.entries(ERRNO_OF_TEXT).map(([text, code]) => [text.toLowerCase(), code]),
);

/** The errno name of a text of strerror(3), upper or lower case; null for other texts. */
export function errnoOfText(text: string): string | null {
  return ERRNO_OF_LOWER_CASE.get(text.trim().toLowerCase()) ?? null;
}

/** The errno name of what a socket call threw: its `code`, else read from its text; `EIO` where neither tells. */
export function errnoOf(error: unknown): string {
  if (!(error instanceof Error)) return 'EIO';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return ERRNO_OF_TEXT[error.message] ?? 'EIO';
}
