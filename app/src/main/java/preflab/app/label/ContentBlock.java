package preflab.app.label;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.VBox;
import preflab.app.widget.Nodes;
import preflab.app.widget.WordsFlow;
import preflab.datasets.example.Content;
import preflab.datasets.example.Message;

/** A text, or the turns of a conversation with who said them, each from the side its language starts at. */
final class ContentBlock extends VBox {

    private Content shown;

    ContentBlock(String style) {
        super(6);
        getStyleClass().add(style);
        setMinWidth(0);
    }

    /** Shows this; cheap where it is what is shown already. */
    void show(Content content) {
        if (!content.equals(shown)) {
            shown = content;
            getChildren().setAll(switch (content) {
                case Content.Plain plain -> List.of(text(plain.text()));
                case Content.Chat chat -> chat.messages().stream().map(ContentBlock::turn).toList();
            });
        }
    }

    private static Node turn(Message message) {
        return new VBox(1, Nodes.label(message.role(), "muted", "small"), text(message.content()));
    }

    private static Node text(String words) {
        return new WordsFlow(words.strip());
    }
}
