import type { TaskContext } from './context.ts';

/** Starts what the flow will ask of the service, as soon as its port lets in. */
export function startService({ options, target, start }: TaskContext): void {
  const asked = new Set(
    Object.values(options.flow.nodes).flatMap((node) => (node.kind === 'probe' ? [node.probe] : [])),
  );
  const isWeb = target.scheme === 'https' || target.scheme === 'http';
  if (asked.has('service') && isWeb) start('service');
  if (asked.has('tls')) start('tls');
}
