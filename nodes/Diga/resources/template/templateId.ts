import type { Parameters } from '../../../engine/input/parameters';
import { readUuid } from '../../model/uuid';

/** The ID of the chosen template. */
export function templateId(parameters: Parameters): string {
	return readUuid(parameters.requiredText('template'), 'Template', 'template');
}
