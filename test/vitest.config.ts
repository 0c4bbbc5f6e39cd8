import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const LAB_TIMEOUT_MS = 60_000;

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    // Ports and time of the machine are shared with others: in CI what fails is looked at again, and its first failure printed.
    retry: process.env['CI'] === 'true' ? 2 : 0,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/lab/**', 'test/bench/**', 'test/e2e/**'],
          // Properties are tried on thousands of inputs: how long that takes on a busy machine is not what is tested.
          testTimeout: LAB_TIMEOUT_MS,
        },
      },
      {
        extends: true,
        test: {
          name: 'lab',
          include: ['test/lab/**/*.test.ts'],
          globalSetup: ['test/lab/kit/global-setup.ts'],
          // Most of a lab test is waiting; more than two at a time would measure the machine and not the network.
          maxWorkers: 2,
          testTimeout: LAB_TIMEOUT_MS,
          hookTimeout: LAB_TIMEOUT_MS,
        },
      },
      {
        extends: true,
        test: {
          name: 'quick',
          include: ['test/lab/each-code.test.ts', 'test/lab/wizard.test.ts'],
          globalSetup: ['test/lab/kit/global-setup.ts'],
          maxWorkers: 2,
          testTimeout: LAB_TIMEOUT_MS,
          hookTimeout: LAB_TIMEOUT_MS,
        },
      },
      {
        extends: true,
        test: {
          name: 'lab-shell',
          include: ['test/lab/hold.lab-shell.ts'],
          globalSetup: ['test/lab/kit/global-setup.ts'],
          // As long as somebody is at the keyboard.
          testTimeout: 0,
        },
      },
      {
        extends: true,
        test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], maxWorkers: 2, testTimeout: LAB_TIMEOUT_MS },
      },
      {
        extends: true,
        test: {
          name: 'recording',
          include: ['test/recording/**/*.record-test.ts'],
          globalSetup: ['test/lab/kit/global-setup.ts'],
          testTimeout: 2 * LAB_TIMEOUT_MS,
        },
      },
      {
        extends: true,
        test: {
          name: 'bench',
          include: ['test/bench/**/*.bench-test.ts'],
          globalSetup: ['test/lab/kit/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 5 * LAB_TIMEOUT_MS,
        },
      },
    ],
  },
});
