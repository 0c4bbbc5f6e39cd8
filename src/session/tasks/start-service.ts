import type { ProbeName } from '../../domain/outcome.ts';
import type { TaskContext } from './context.ts';

/** Starts what the flow will ask of the service, as soon as its port lets in. */
export function startService(context: TaskContext): void {
  for (const probe of serviceProbes(context)) context.start(probe);
}

/** Settles when what the flow asks of the service, and of its port, has been asked. */
export async function serviceAsked(context: TaskContext): Promise<void> {
  if (context.target.port === null) return;
  await context.job('connect');
  await Promise.all(serviceProbes(context).map((probe) => context.job(probe)));
}

function serviceProbes({ options, target }: TaskContext): readonly ProbeName[] {
  const asked = new Set(
    Object.values(options.flow.nodes).flatMap((node) => (node.kind === 'probe' ? [node.probe] : [])),
  );
  const isWeb = target.scheme === 'https' || target.scheme === 'http';
  return [
    ...(asked.has('service') && isWeb ? (['service'] as const) : []),
    ...(asked.has('tls') ? (['tls'] as const) : []),
  ];
}
