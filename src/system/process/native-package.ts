import type { PackageFacts, PackageState } from '../../domain/machine-facts.ts';

/** Loads an optional native package and says what that came to. Never rejects. */
export async function nativePackage(load: () => Promise<unknown>): Promise<PackageFacts> {
  try {
    await load();
    return { state: 'loaded', detail: null };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { state: stateOf(error, text), detail: text.split('\n')[0] ?? '' };
  }
}

function stateOf(error: unknown, text: string): PackageState {
  // koffi says so in words only.
  if (/cannot find the native koffi module/iu.test(text)) return 'no-prebuilt';
  switch (error instanceof Error && 'code' in error ? error.code : null) {
    case 'ERR_MODULE_NOT_FOUND':
      return 'not-installed';
    case 'MODULE_NOT_FOUND':
      return 'not-built';
    case 'ERR_DLOPEN_FAILED':
      return text.includes('NODE_MODULE_VERSION') ? 'other-abi' : 'broken';
    default:
      return 'broken';
  }
}
