/** Why a device that is known by what it says of itself is not there. English for the log; the screens have their own words. */
export const awayReasons = {
  notPluggedIn: "it is not plugged in",
  /** It has no serial number, so nothing says that the one in the other socket is the same. */
  otherSocket: "plugged into another socket: one like it is not in the socket where it was set up",
  severalAlike: "several alike are plugged in and nothing tells them apart",
} as const;
