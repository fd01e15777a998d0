export const PCSCD_SOCKET: string;
