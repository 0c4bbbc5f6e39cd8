import { loadKoffi } from '../../engine/kernel/koffi.ts';
import { bindLibc, type Libc } from '../../engine/kernel/libc.ts';

let binding: Promise<Libc | null> | null = null;

/** The C library; null where the package koffi is missing, or does not fit. Never rejects. */
export function serviceLibc(): Promise<Libc | null> {
  binding ??= bound();
  return binding;
}

async function bound(): Promise<Libc | null> {
  const loading = await loadKoffi();
  if (loading.kind === 'unavailable') return null;
  try {
    return bindLibc(loading.koffi);
  } catch {
    return null;
  }
}
