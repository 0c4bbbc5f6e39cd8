import type { SessionView } from '../../session/view/view.ts';
import { paintedRow, type Row } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';

/** The hops as `netwhy trace` shows them. Where they do not all fit, the first go and the headers stay. */
export function pathRows({ path, names }: SessionView, theme: Theme, columns: number, height: number): readonly Row[] {
  if (path.length === 0 || height < 1) return [];
  const [header, ...rows] = theme.hopTable(path, names, columns).map((line) => paintedRow(line, theme.plain));
  if (header === undefined || rows.length < height) return [header ?? [], ...rows];
  return height === 1 ? rows.slice(-1) : [header, ...rows.slice(-(height - 1))];
}
