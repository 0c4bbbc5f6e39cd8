import type { WatchRequest } from '../../domain/witness.ts';
import { MOST_PACKETS } from '../../evidence/capture-words.ts';

/** How long is watched, from when the capture starts. */
export const WINDOW_S = 1.6;
/** Of all that comes by; a machine on which more comes in the window is told as one of which not all was seen. */
const MOST_READ = 200_000;

/**
 * What tcpdump(8) does, for python3(1), over packet(7), in lines like those of tcpdump; without single quotes. It knows TCP and UDP
 * behind a plain header of IP.
 */
export function reader({ watched, family }: WatchRequest): string {
  const port = watched.protocol === 'icmp' ? 0 : watched.port;
  const protocol = watched.protocol === 'tcp' ? 6 : 17;
  return `import socket,struct,time
s=socket.socket(17,2,socket.htons(3)); s.settimeout(.1)
print("listening on any",flush=True)
end=time.time()+${WINDOW_S}; seen=told=0
while time.time()<end and seen<${MOST_READ} and told<${MOST_PACKETS}:
  try: d=s.recv(256)
  except OSError: continue
  seen+=1
  if len(d)<20 or d[0]>>4!=${family}: continue
  if ${family}==4: at=(d[0]&15)*4; p=d[9]; a,b=(socket.inet_ntop(2,d[i:i+4]) for i in (12,16))
  else:
    if len(d)<40: continue
    at=40; p=d[6]; a,b=(socket.inet_ntop(10,d[i:i+16]) for i in (8,24))
  if p!=${protocol} or len(d)<at+8: continue
  x,y=struct.unpack("!HH",d[at:at+4])
  if ${port} not in (x,y): continue
  f=d[at+13] if p==6 and len(d)>at+13 else 0
  if p==6 and not f&6: continue
  w="".join(c for c,m in (("S",2),("R",4),(".",16)) if f&m)
  told+=1
  print("0 any P IP %s.%d > %s.%d: %s" % (a,x,b,y,"Flags ["+w+"]" if p==6 else "UDP"),flush=True)
lost=struct.unpack("II",s.getsockopt(263,6,8))[1]
print("%d packets captured" % told)
print("%d packets dropped by kernel" % (lost+(seen>=${MOST_READ})))`;
}
