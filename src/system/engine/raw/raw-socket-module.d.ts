/** The part of raw-socket 1.8 that is used here; the package has no types of its own. */
declare module 'raw-socket' {
  /** The native socket inside. Both calls throw an Error that carries only the text of strerror. */
  export type RawWrap = {
    /** Sends at once; `sent` is called before it returns. */
    send(buffer: Buffer, offset: number, length: number, address: string, sent: (bytes: number) => void): void;
    /** Reads one packet if one waits. On a closed socket it would open a new one. */
    recv(buffer: Buffer, received: (buffer: Buffer, bytes: number, source: string) => void): void;
  };

  export type RawSocket = {
    readonly wrap: RawWrap;
    /** The buffer of `message` is reused for the next one. */
    on(event: 'message', listener: (buffer: Buffer, source: string) => void): RawSocket;
    on(event: 'error', listener: (error: Error | undefined) => void): RawSocket;
    on(event: 'close', listener: () => void): RawSocket;
    setOption(level: number, option: number, value: number): void;
    setOption(level: number, option: number, value: Buffer, length: number): void;
    close(): void;
  };

  /** `addressFamily`: 1 for IPv4, 2 for IPv6. Throws `Operation not permitted` without the privilege. */
  export function createSocket(options: {
    readonly protocol: number;
    readonly addressFamily: number;
    readonly bufferSize: number;
  }): RawSocket;
}
