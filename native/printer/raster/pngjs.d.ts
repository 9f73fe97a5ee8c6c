/** The part of pngjs that is used; the package brings no types. */
declare module "pngjs" {
  export class PNG {
    readonly width: number;
    readonly height: number;
    /** Four bytes a pixel: red, green, blue, opacity. */
    readonly data: Buffer;
    constructor(size: { readonly width: number; readonly height: number });
    static readonly sync: { read(bytes: Buffer): PNG; write(png: PNG): Buffer };
  }
}
