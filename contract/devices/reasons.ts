/** Why a device is not there. English for the log; the screens have their own words. */
export const awayReasons = {
  notPluggedIn: "it is not plugged in",
  /** It has no serial number, so nothing says that the one in the other socket is the same. */
  otherSocket: "plugged into another socket: one like it is not in the socket where it was set up",
  severalAlike: "several alike are plugged in and nothing tells them apart",
  /** Of a printer of the operating system. */
  noneInstalled: "no printer is installed in the operating system",
  notInstalled: "the operating system has no printer of this name",
  spoolerRefused: "the operating system refused the receipt",
} as const;
