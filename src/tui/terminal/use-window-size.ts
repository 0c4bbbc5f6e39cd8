import { useStdout } from 'ink';
import { useEffect, useState } from 'react';
import type { WindowSize } from '../theme/layout.ts';
import { sizeOf } from './terminal.ts';

/** The terminal's size, kept up to date. Ink 7 brings a hook of this name; then this file goes. */
export function useWindowSize(): WindowSize {
  const { stdout } = useStdout();
  const [size, setSize] = useState(() => sizeOf(stdout));
  useEffect(() => {
    const onResize = () => setSize(sizeOf(stdout));
    stdout.on('resize', onResize);
    return () => {
      stdout.off('resize', onResize);
    };
  }, [stdout]);
  return size;
}
