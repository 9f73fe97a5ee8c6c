/** A file that is to be an item's image: a telephone's photograph has 3 to 12 MB. Bytes. */
export const mostImageFileBytes = 16_777_216;
/** Pixels a side, and in all: a telephone of 50 megapixels passes. Decoded, each is four bytes. */
export const mostImageSide = 10_000;
export const mostImagePixels = 50_500_000;
/** Pixels a side of what is kept: twice the largest place it is shown in, for screens drawn twice as fine. */
export const keptImageSide = 256;
/** Of one kept image; most have a tenth of it. Bytes. */
export const mostKeptImageBytes = 131_072;
/** Of all kept images: some hundred thousand of them. Bytes. */
export const mostImageRoomBytes = 1_073_741_824;
/** Files of a folder that is taken in at once: some twenty minutes' work. */
export const mostFolderFiles = 20_000;
/** Files of a folder that are told on the screen; all of them stand in the saved report. */
export const mostImageFaultsShown = 200;
