import { Catch, type RpcExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';

/** Lets whatever was thrown become the error of the reply, where Nest's own filter says "Internal server error". */
@Catch()
export class ErrorReplyFilter implements RpcExceptionFilter {
  catch(thrown: unknown): Observable<never> {
    return throwError(() => thrown);
  }
}
