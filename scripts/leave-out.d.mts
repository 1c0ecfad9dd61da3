/** Types of leave-out.mjs. */
export declare function leaveOut(dir: string): void;
