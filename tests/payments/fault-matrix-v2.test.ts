import { describeMatrix } from "./describe-matrix.ts";

describeMatrix("v2");
