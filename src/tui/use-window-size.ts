import { useStdout } from 'ink';
import { useEffect, useState } from 'react';

export type WindowSize = { readonly columns: number; readonly rows: number };

const FALLBACK: WindowSize = { columns: 80, rows: 24 };

/** The terminal's size, kept up to date. Ink 7 brings a hook of this name; then this file goes. */
export function useWindowSize(): WindowSize {
  const { stdout } = useStdout();
  const read = (): WindowSize => ({ columns: stdout.columns || FALLBACK.columns, rows: stdout.rows || FALLBACK.rows });
  const [size, setSize] = useState(read);
  useEffect(() => {
    const onResize = () => setSize({ columns: stdout.columns || FALLBACK.columns, rows: stdout.rows || FALLBACK.rows });
    stdout.on('resize', onResize);
    return () => {
      stdout.off('resize', onResize);
    };
  }, [stdout]);
  return size;
}
