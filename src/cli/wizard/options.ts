import { type Command, Option } from 'commander';
import { THEMES, type ThemeName } from '../../tui/theme/colours.ts';
import { addCheckOptions, type CheckOptions } from '../options/check-options.ts';

/** How the wizard shows itself, a recorded run included. */
export type ScreenOptions = {
  readonly screenReader?: true;
  readonly keys?: 'vim';
  readonly color: boolean;
  readonly theme?: ThemeName;
};

export type WizardOptions = CheckOptions & ScreenOptions & { readonly guided?: true; readonly history: boolean };

export function addScreenOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--theme <name>', 'colours: the 16 of the terminal, or for a light or dark background').choices(
        THEMES,
      ),
    )
    .option('--screen-reader', 'linear text, read from top to bottom (INK_SCREEN_READER=true does the same)')
    .addOption(new Option('--keys <set>', 'more keys: vim adds h l g G Ctrl-D Ctrl-U Ctrl-F Ctrl-B').choices(['vim']));
}

export function addWizardOptions(program: Command): Command {
  return addScreenOptions(addCheckOptions(program))
    .option('--guided', 'waits before each question, and says what it will do and why')
    .option('--no-input', 'asks nothing: the same as netwhy check')
    .option('--no-history', 'neither offers nor remembers earlier targets');
}
