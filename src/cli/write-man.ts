// Run by the build, not by users: writes the manual pages beside the program.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFolder } from './common/package-folder.ts';
import { VERSION } from './common/version.ts';
import { manPages } from './help/man.ts';
import { wholeProgram } from './main.ts';

const folder = join(packageFolder(), 'dist', 'man');
await mkdir(folder, { recursive: true });
for (const { file, text } of manPages(await wholeProgram(), VERSION)) await writeFile(join(folder, file), text);
