package com.example.jwt

import com.nimbusds.jose.JOSEException
import com.nimbusds.jose.crypto.MACVerifier
import com.nimbusds.jwt.SignedJWT
import dev.sessiontoken.spi.ProviderContext
import dev.sessiontoken.spi.ProviderOption
import dev.sessiontoken.spi.SessionToken
import dev.sessiontoken.spi.SessionTokenException.BadAnswer
import dev.sessiontoken.spi.SessionTokenException.NotConfigured
import dev.sessiontoken.spi.SessionTokenProvider
import java.text.ParseException

/** Takes the session token out of a signed JWT, once the signature is checked. */
class WrappedToken : SessionTokenProvider {
  override fun name() = "wrapped-token"

  override fun options() =
    listOf(
      ProviderOption.secret("jwt", "WRAPPED_TOKEN", "a JWT with the claim \"token\"").asRequired(),
      ProviderOption.secret("jwt-key", "WRAPPED_TOKEN_KEY", "key of HS256, 32 bytes or more").asRequired(),
    )

  override fun obtain(context: ProviderContext): SessionToken {
    try {
      val jwt = SignedJWT.parse(context.option("jwt").orElse(""))
      if (!jwt.verify(MACVerifier(context.option("jwt-key").orElse("")))) throw wrong("its signature is wrong", null)
      val token = jwt.jwtClaimsSet.getStringClaim("token") ?: throw wrong("it has no claim \"token\"", null)
      if (!SessionToken.isSane(token)) throw wrong("its claim \"token\" is no token", null)
      return SessionToken.of(token)
    } catch (e: ParseException) {
      throw NotConfigured("read the JWT", "it is not a JWT", "set WRAPPED_TOKEN to one", e)
    } catch (e: JOSEException) {
      throw NotConfigured("read the JWT", "the key cannot check it", "set WRAPPED_TOKEN_KEY to its key", e)
    }
  }

  private fun wrong(problem: String, cause: Throwable?) =
    BadAnswer("read the JWT", problem, "have a new one made", cause)
}
