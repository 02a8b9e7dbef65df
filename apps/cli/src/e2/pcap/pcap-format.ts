/** The classic format of libpcap (draft-ietf-opsawg-pcap): a file header, then packets, each behind a header. */
export const PCAP_FILE_HEADER_OCTETS = 24;
export const PCAP_PACKET_HEADER_OCTETS = 16;
/** Time stamps in microseconds or nanoseconds; in the byte order of who wrote it. */
export const PCAP_MAGIC_US = 0xa1b2c3d4;
export const PCAP_MAGIC_NS = 0xa1b23c4d;
/** Packets that are longer are cut off. */
export const SNAP_OCTETS = 262_144;
