package io.latchkey.auth.oauth.web;

import io.latchkey.auth.app.AppRegistry;
import io.latchkey.auth.oauth.ReadUserInfo;
import io.latchkey.auth.oauth.UserInfo;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import io.latchkey.auth.token.AccessTokens;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * {@code GET|POST /oauth2/userinfo}: whom the bearer's access token is about, while its session is
 * alive.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#UserInfo">OpenID Connect Core
 *     §5.3</a>
 */
@RestController
class UserInfoController {
    private final AccessTokens accessTokens;
    private final AppRegistry apps;
    private final ReadUserInfo readUserInfo;

    UserInfoController(AccessTokens accessTokens, AppRegistry apps, ReadUserInfo readUserInfo) {
        this.accessTokens = accessTokens;
        this.apps = apps;
        this.readUserInfo = readUserInfo;
    }

    @RequestMapping(
            path = "/oauth2/userinfo",
            method = {RequestMethod.GET, RequestMethod.POST})
    Mono<ResponseEntity<UserInfo>> userInfo(ServerWebExchange exchange) {
        return BearerToken.of(exchange)
                .flatMap(token -> Mono.justOrEmpty(accessTokens.verify(token)))
                .flatMap(
                        token ->
                                apps.find(token.clientId())
                                        .doOnNext(app -> CrossOrigin.allow(exchange, app))
                                        .flatMap(_ -> readUserInfo.read(token)))
                .map(info -> ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(info))
                .switchIfEmpty(
                        Mono.error(
                                () ->
                                        Problem.of(
                                                ProblemCode.INVALID_TOKEN,
                                                "Send a user's access token whose session is alive.")));
    }
}
