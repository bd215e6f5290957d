/** What n8n's scanner lints in a folder of sources. */
export declare const SOURCE_FILE_PATTERNS: string[];

export declare function analyzePackage(
	folder: string,
	patterns: string[],
): Promise<{ passed: boolean; message?: string; details?: string }>;

/** The folder whose package.json has this name. */
export declare function findPackageRoot(sources: string, name: string): string | null;
