import { describeMatrix } from "./describe-matrix.ts";

describeMatrix("refund");
