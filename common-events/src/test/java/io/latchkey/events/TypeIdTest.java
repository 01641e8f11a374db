package io.latchkey.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * @see <a href="https://github.com/jetify-com/typeid/tree/main/spec">valid.yml and invalid.yml of
 *     the TypeID specification</a>
 */
class TypeIdTest {
    @ParameterizedTest
    @CsvSource({
        "00000000000000000000000000, 00000000-0000-0000-0000-000000000000",
        "00000000000000000000000001, 00000000-0000-0000-0000-000000000001",
        "0000000000000000000000000a, 00000000-0000-0000-0000-00000000000a",
        "0000000000000000000000000g, 00000000-0000-0000-0000-000000000010",
        "00000000000000000000000010, 00000000-0000-0000-0000-000000000020",
        "7zzzzzzzzzzzzzzzzzzzzzzzzz, ffffffff-ffff-ffff-ffff-ffffffffffff",
        "0123456789abcdefghjkmnpqrs, 0110c853-1d09-52d8-d73e-1194e95b5f19",
        "01h455vb4pex5vsknk084sn02q, 01890a5d-ac96-774b-bcce-b302099a8057"
    })
    void readsAndWritesTheVectorsOfTheSpecification(String suffix, UUID uuid) {
        assertThat(TypeId.format("prefix", uuid)).isEqualTo("prefix_" + suffix);
        assertThat(TypeId.parse("prefix", "prefix_" + suffix)).isEqualTo(uuid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "_",
                "prefix",
                "prefix_",
                "PREFIX_00000000000000000000000000",
                "12345_00000000000000000000000000",
                "other_00000000000000000000000000",
                "prefix.00000000000000000000000000",
                "prefix00000000000000000000000000",
                "prefix__00000000000000000000000000",
                "_00000000000000000000000000",
                "00000000000000000000000000",
                " prefix_00000000000000000000000000",
                "prefix_00000000000000000000000000 ",
                "prefix_0000000000000000000000000 ",
                "prefix_1234567890123456789012345",
                "prefix_123456789012345678901234567",
                "prefix_0123456789ABCDEFGHJKMNPQRS",
                "prefix_123456789-123456789-123456",
                "prefix_ooooooiiiiiiuuuuuuulllllll",
                "prefix_i23456789ol23456789oi23456",
                "prefix_123456789-0123456789-0123456",
                "prefix_8zzzzzzzzzzzzzzzzzzzzzzzzz",
                "prefix_/0000000000000000000000000",
                "prefix_０0000000000000000000000000",
                "prefix_0000000000000000000000000\u0000"
            })
    void refusesEveryOtherSpelling(String text) {
        assertThatThrownBy(() -> TypeId.parse("prefix", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prefix_");
    }

    @Test
    void eachKindOfIdHasItsOwnPrefix() {
        var uuid = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");

        assertThat(new AppId(uuid)).hasToString("app_01h455vb4pex5vsknk084sn02q");
        assertThat(new EventId(uuid)).hasToString("evt_01h455vb4pex5vsknk084sn02q");
        assertThat(new LinkId(uuid)).hasToString("link_01h455vb4pex5vsknk084sn02q");
        assertThat(new SessionId(uuid)).hasToString("sess_01h455vb4pex5vsknk084sn02q");
        assertThat(new UserId(uuid)).hasToString("user_01h455vb4pex5vsknk084sn02q");
        assertThatThrownBy(() -> LinkId.parse(new SessionId(uuid).toString()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void newIdsAreReadBackAndOrderedByTime() {
        var id = LinkId.next();

        assertThat(id.value().version()).isEqualTo(7);
        assertThat(LinkId.parse(id.toString())).isEqualTo(id);
        assertThat(id.toString()).isGreaterThan("link_01h455vb4pex5vsknk084sn02q");
    }
}
