// n8n's package scanner has no types.
export {
	analyzePackage,
	findPackageRoot,
	SOURCE_FILE_PATTERNS,
} from '../../node_modules/@n8n/scan-community-package/scanner/scanner.mjs';
