import { delimiter } from 'node:path';
import { Option } from 'commander';

/** `--flows DIR`: a folder before those of NETWHY_FLOWS, for this process and those that it starts. */
export function folderOption(): Option {
  return new Option('--flows <dir>', 'a folder with flows of your own, looked in before all others').argParser(
    (folder: string) => {
      const others = process.env['NETWHY_FLOWS'] ?? '';
      process.env['NETWHY_FLOWS'] = others === '' ? folder : `${folder}${delimiter}${others}`;
      return folder;
    },
  );
}
