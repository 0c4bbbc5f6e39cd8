// Loaded before the wizard: writes how long each key took, from when it was read until a frame was written, how much of
// that was processor time, and how long it may have waited to be read. To the file that NETWHY_KEY_TIMES names, in ms.
const { appendFileSync } = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');

const file = process.env.NETWHY_KEY_TIMES;
if (file && !process.argv.includes('__session')) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  let readMs = null;
  let usage = null;
  const read = process.stdin.read;
  process.stdin.read = function (...size) {
    const chunk = read.apply(this, size);
    if (chunk === '?') {
      readMs = performance.now();
      usage = process.cpuUsage();
    }
    return chunk;
  };
  const write = process.stdout.write;
  process.stdout.write = function (chunk, ...rest) {
    const written = write.call(this, chunk, ...rest);
    if (readMs !== null && String(chunk).includes('netwhy')) {
      const { user, system } = process.cpuUsage(usage);
      appendFileSync(
        file,
        `${performance.now() - readMs} ${(user + system) / 1000} ${delay.percentile(99) / 1e6 - 5}\n`,
      );
      readMs = null;
      delay.reset();
    }
    return written;
  };
}
