import type { Family } from '../domain/address.ts';
import type { IcmpErrorKind } from '../domain/icmp-error.ts';

/**
 * The word for an ICMP error's type and code; null where the type is no error (redirects and source quench are none).
 * RFC 792, RFC 1122 3.2.2.1, RFC 1812 5.2.7.1; RFC 4443 3, RFC 8883.
 */
export function icmpErrorKind(family: Family, type: number, code: number): IcmpErrorKind | null {
  return family === 4 ? kindOfIcmp(type, code) : kindOfIcmpv6(type, code);
}

function kindOfIcmp(type: number, code: number): IcmpErrorKind | null {
  switch (type) {
    case 3:
      return kindOfUnreachable(code);
    case 11:
      return 'time-exceeded';
    case 12:
      return 'parameter-problem';
    default:
      return null;
  }
}

function kindOfUnreachable(code: number): IcmpErrorKind {
  switch (code) {
    case 0: // network unreachable
    case 6: // network unknown
    case 11: // network unreachable for the type of service
      return 'network-unreachable';
    case 1: // host unreachable
    case 7: // host unknown
    case 12: // host unreachable for the type of service
      return 'host-unreachable';
    case 2:
      return 'protocol-unreachable';
    case 3:
      return 'port-unreachable';
    case 4:
      return 'packet-too-big';
    case 9: // network prohibited
    case 10: // host prohibited
    case 13: // communication prohibited
      return 'prohibited';
    default:
      return 'other-unreachable';
  }
}

function kindOfIcmpv6(type: number, code: number): IcmpErrorKind | null {
  switch (type) {
    case 1:
      return kindOfUnreachableV6(code);
    case 2:
      return 'packet-too-big';
    case 3:
      return 'time-exceeded';
    case 4:
      return 'parameter-problem';
    default:
      return null;
  }
}

function kindOfUnreachableV6(code: number): IcmpErrorKind {
  switch (code) {
    case 0:
      return 'network-unreachable';
    case 1: // administratively prohibited
    case 5: // source address failed ingress or egress policy
    case 6: // reject route
      return 'prohibited';
    case 3:
      return 'host-unreachable';
    case 4:
      return 'port-unreachable';
    default:
      return 'other-unreachable';
  }
}
