import type { ServiceClient } from '../../domain/ports.ts';

/** Speaks TLS and HTTP as a client of the service would. TLS is loaded when it is first asked for. */
export const systemServiceClient: ServiceClient = {
  handshake: async (request, signal) => (await import('./handshake.ts')).handshake(request, signal),
  get: async (request, signal) => (await import('./get.ts')).get(request, signal),
  throughProxy: async (request, signal) => (await import('./proxy/through-proxy.ts')).throughProxy(request, signal),
};
