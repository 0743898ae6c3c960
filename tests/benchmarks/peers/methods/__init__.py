"""One PyTorch peer for each method of the program, by the method's name."""
from methods.aae import Aae
from methods.age import Age
from methods.ali import Ali
from methods.alpha_gan import AlphaGan
from methods.began import Began
from methods.dcgan import Dcgan
from methods.dfm import Dfm
from methods.ebgan import Ebgan
from methods.ppgn import Ppgn
from methods.vae import Vae
from methods.vae_gan import VaeGan
from methods.wgan_gp import WganGp

WORKLOADS = {"alpha-gan": AlphaGan, "dcgan": Dcgan, "wgan-gp": WganGp, "age": Age, "vae": Vae, "vae-gan": VaeGan,
             "aae": Aae, "ali": Ali, "ebgan": Ebgan, "began": Began, "dfm": Dfm, "ppgn": Ppgn}
